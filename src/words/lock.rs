//! The words of the lock.

use super::words;

words! {
    LOCK = "锁定" | "Lock";
    LOCK_SURE = "再按一次就锁定：密钥和还没发出的填写内容都会清掉" | "Press again to lock: keys and everything typed but not sent are cleared";
    LOCK_SOON = "没有人操作，{seconds} 秒后锁定：密钥和还没发出的填写内容都会清掉。动一下鼠标或按一个键就不锁。" | "Nobody is here: locking in {seconds} second{s}, which clears keys and everything typed but not sent. Move the mouse or press a key to stay.";
    LOCK_WAITS = "有任务或请求还在进行，或任务的结果只在本页里：结束、暂停或存成文件之后才锁定。" | "A job or a request is under way, or a job's results are in this page alone: the desk locks when it has ended, is paused or they are saved as a file.";
}
